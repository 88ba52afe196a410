import { Binary } from 'bson';
import { failure, locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';

/** Binary data as text and back; identifiers (subtype 4) are written in their own way, and nothing else is. */
const uuid = Binary.SUBTYPE_UUID;

interface Writing {
  readonly isText: (text: string) => boolean;
  readonly read: (text: string) => Buffer;
  readonly write: (bytes: Buffer) => string;
}

const writings: Readonly<Record<string, Writing>> = {
  base64: {
    isText: (text) => /^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i.test(text),
    read: (text) => Buffer.from(text, 'base64'),
    write: (bytes) => bytes.toString('base64'),
  },
  base64url: {
    isText: (text) => /^[\w-]*={0,2}$/.test(text) && text.replaceAll('=', '').length % 4 !== 1,
    read: (text) => Buffer.from(text, 'base64url'),
    write: (bytes) => bytes.toString('base64url'),
  },
  hex: {
    isText: (text) => /^(?:[\da-f]{2})*$/i.test(text),
    read: (text) => Buffer.from(text, 'hex'),
    write: (bytes) => bytes.toString('hex').toUpperCase(),
  },
  utf8: { isText: () => true, read: (text) => Buffer.from(text), write: (bytes) => utf8Of(bytes) },
  uuid: {
    isText: (text) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text),
    read: (text) => Buffer.from(text.replaceAll('-', ''), 'hex'),
    write: (bytes) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  },
};

const refused = (message: string): Error => failure('ConversionFailure', message);

const utf8Of = (bytes: Buffer): string => {
  const text = bytes.toString();
  if (Buffer.from(text).equals(bytes)) return text;
  throw refused('Failed to convert binary data to text: it is not UTF-8');
};

const writingOf = (format: unknown, subtype: number): Writing => {
  if (format === undefined)
    throw locationFailure(4341115, 'Format must be specified when converting between text and binary data');
  if (typeof format !== 'string')
    throw locationFailure(4341114, `$convert requires that 'format' be a string, found: ${typeName(format)}`);
  const writing = Object.hasOwn(writings, format) ? writings[format] : undefined;
  if (!writing) throw locationFailure(4341125, `Invalid 'format' argument for $convert: ${format}`);
  if ((format === 'uuid') === (subtype === uuid)) return writing;
  throw refused(`The format '${format}' is not for binary data of subtype ${subtype}`);
};

export const binaryOfText = (text: string, format: unknown, subtype: number): Binary => {
  const { isText, read } = writingOf(format, subtype);
  if (isText(text)) return new Binary(read(text), subtype);
  throw refused(`Input string '${text}' is not a valid ${String(format)} string`);
};

/** By `auto`, as fits the subtype. */
export const textOfBinary = (binary: Binary, format: unknown): string => {
  const { sub_type: subtype } = binary;
  const fitting = subtype === uuid ? 'uuid' : 'base64';
  return writingOf(format === 'auto' ? fitting : format, subtype).write(Buffer.from(binary.value()));
};

export const binaryOfBinary = (binary: Binary, subtype: number): Binary => {
  if (binary.sub_type === subtype) return binary;
  throw refused(`Conversions between the binary subtypes ${binary.sub_type} and ${subtype} are not supported`);
};
