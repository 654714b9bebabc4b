/** What was logged. */
export interface Diary {
  lines: string[];
  write(line: string): void;
  nextLine(): Promise<void>;
  /** Resolves as soon as a line of the log says so. */
  logged(words: string): Promise<string>;
  /** How many lines say so. */
  count(words: string): number;
}

export function openDiary(): Diary {
  const lines: string[] = [];
  const waiting: (() => void)[] = [];

  function nextLine(): Promise<void> {
    return new Promise((resolve) => waiting.push(resolve));
  }

  return {
    lines,
    nextLine,
    write(line) {
      lines.push(line);
      for (const tell of waiting.splice(0)) tell();
    },
    async logged(words) {
      for (;;) {
        const line = lines.find((one) => one.includes(words));
        if (line !== undefined) return line;
        await nextLine();
      }
    },
    count: (words) => lines.filter((line) => line.includes(words)).length,
  };
}
