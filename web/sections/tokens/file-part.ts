/** A part of a file of tokens: whole rows, with what the file needs before them. */
export interface FilePart {
  readonly content: string;
  /** Rows before this part: the service counts from 1 in every part, people in their file. */
  readonly rowsBefore: number;
  readonly rows: number;
  /** How much of the file has been read, from 0 to 1. */
  readonly read: number;
}

/** A piece of text with how far into the file it reaches. */
export interface Piece {
  readonly text: string;
  readonly read: number;
}

/** Cuts a text that comes in pieces: every part is whole, and within the limits. */
export type Cut = (pieces: AsyncIterable<Piece>, limits: Limits) => AsyncGenerator<FilePart>;

export interface Limits {
  readonly rows: number;
  readonly characters: number;
}

/** What is wrong with the file as a whole, before the service has seen any of it. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  readonly fault: 'empty' | 'unreadable' | 'row-too-long' | 'too-many-rows';

  constructor(fault: FileFault['fault']) {
    super(fault);
    this.fault = fault;
  }
}
