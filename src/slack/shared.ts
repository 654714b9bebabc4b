/** Whoever asks for what is being made at this moment gets that. Only where nobody is at it, `make` runs. */
export type Shared<Value> = (key: string, make: () => Promise<Value>) => Promise<Value>;

export function createShared<Value>(): Shared<Value> {
  const underWay = new Map<string, Promise<Value>>();
  return (key, make) => {
    const shared = underWay.get(key) ?? make().finally(() => underWay.delete(key));
    underWay.set(key, shared);
    return shared;
  };
}
