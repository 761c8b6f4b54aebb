declare module 'sbd' {
  /** Cuts a text into sentences; words keep their order, white space becomes one space. */
  export function sentences(text: string, options?: { abbreviations?: string[] }): string[];
}

/** The library's own types leave out file extensions, so they don't resolve here. */
declare module 'media-captions' {
  /** Times in seconds; the text with its tags and entities. */
  export interface Cue {
    startTime: number;
    endTime: number;
    text: string;
  }

  export function parseTextStream(
    lines: import('node:stream/web').ReadableStream<string>,
    options: { type: 'vtt' | 'srt' },
  ): Promise<{ cues: Cue[] }>;
}
