/** Documents of a command that are bytes already, as the driver sends them. */
declare module 'mongodb/lib/cmap/commands.js' {
  export class DocumentSequence {
    constructor(field: string);
    /** The document itself is only for those who watch commands. */
    push(document: object, bytes: Uint8Array): number;
  }
}
