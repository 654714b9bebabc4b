/** Requests as the provider counts them. */
export interface RequestCounts {
  /** For webhooks, invocations, tasks: whatever tells that something failed. */
  lists: number;
  /** For what tells why. */
  details: number;
  /** Of both, those refused as one too many. */
  refused: number;
}

export function requestsOf({ lists, details }: RequestCounts): number {
  return lists + details;
}

/** Leads every request of this process to a server in it, without a connection between, and counts them. */
export interface Line {
  readonly counts: Readonly<RequestCounts>;
  /** Gives `fetch` back. */
  hangUp(): void;
}

export interface Answering {
  url: string;
  answer(request: Request): Promise<Response>;
}

const TOO_MANY_REQUESTS = 429;

/** @param isDetail whether a request, by its path, asks for what tells why. Throws on requests to anywhere else. */
export function openLine(server: Answering, isDetail: (path: string) => boolean): Line {
  const counts: RequestCounts = { lists: 0, details: 0, refused: 0 };
  const before = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { origin, pathname } = new URL(request.url);
    if (origin !== server.url) throw new TypeError(`The benchmark asks nobody but ${server.url}, and not ${origin}.`);
    request.signal.throwIfAborted();
    counts[isDetail(pathname) ? "details" : "lists"] += 1;
    const response = await server.answer(request);
    if (response.status === TOO_MANY_REQUESTS) counts.refused += 1;
    return response;
  };
  return {
    counts,
    hangUp() {
      globalThis.fetch = before;
    },
  };
}
