import { decodeDocument, type Document, RawFields } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { compileFilter, type Predicate } from '../matching/filter.ts';
import { idOf } from './document-shape.ts';
import { validationDetails } from './validation-details.ts';

/** How a collection was told to be, as it was said. */
export interface CollectionOptions {
  readonly capped?: true;
  /** In bytes. */
  readonly size?: number;
  /** In documents. */
  readonly max?: number;
  /** In full. */
  readonly collation?: Document;
  readonly validator?: Document;
  readonly validationLevel?: string;
  readonly validationAction?: string;
}

/** What documents have to be like. */
export interface Validation {
  readonly validator: Document;
  readonly isValid: Predicate;
  /** Documents that were not valid before may stay so. */
  readonly isModerate: boolean;
}

const levels = ['off', 'strict', 'moderate'];
const actions = ['error', 'warn', 'errorAndLog'];

const checkChoice = (name: string, value: string | undefined, choices: readonly string[]): void => {
  if (value === undefined || choices.includes(value)) return;
  throw failure('BadValue', `Enumeration value '${value}' for field '${name}' is not a valid value.`);
};

/** Null where every document is welcome; a warning would only go to a log. */
export const readValidation = (options: CollectionOptions): Validation | null => {
  const { validator, validationLevel, validationAction } = options;
  checkChoice('validationLevel', validationLevel, levels);
  checkChoice('validationAction', validationAction, actions);
  const isValid = compileFilter(validator ?? {});
  const isAsked = validator && Object.keys(validator).length > 0;
  if (!isAsked || validationLevel === 'off' || validationAction === 'warn') return null;
  return { validator, isValid, isModerate: validationLevel === 'moderate' };
};

/** Refuses a document that is not valid, unless the one in its place may be as bad. */
export const checkValid = (validation: Validation, bytes: Buffer, before: Buffer | null): void => {
  const fields = new RawFields(bytes);
  if (validation.isValid(fields)) return;
  if (before && validation.isModerate && !validation.isValid(new RawFields(before))) return;
  throw failure('DocumentValidationFailure', 'Document failed validation', {
    errInfo: {
      failingDocumentId: idOf(bytes),
      details: validationDetails(validation.validator, decodeDocument(bytes)),
    },
  });
};
