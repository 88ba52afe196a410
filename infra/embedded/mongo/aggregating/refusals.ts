import { MingoError } from 'mingo/util';
import { failure, locationFailure } from '../errors.ts';

/** The server's numbers for an operand of the wrong type, by operator. */
const wrongOperand: Readonly<Record<string, number>> = {
  ...{ $abs: 28765, $ceil: 28765, $floor: 28765, $exp: 28765, $sqrt: 28765, $ln: 28765, $log10: 28765 },
  ...{ $concat: 16702, $strLenCP: 34471, $strLenBytes: 34473, $split: 40085, $substrCP: 34450 },
  ...{ $first: 28689, $last: 28689, $slice: 28724, $in: 40081, $arrayElemAt: 28689, $range: 34443 },
  ...{ $concatArrays: 28664, $reverseArray: 34435, $filter: 28651, $map: 16883, $reduce: 40080 },
  ...{ $objectToArray: 40390, $setUnion: 17043, $setIntersection: 17047, $setDifference: 17048, $pow: 28762 },
};
const arithmetic = new Set(['$add', '$subtract', '$multiply', '$divide']);

const refusalOf = ({ message }: MingoError): Error => {
  const [operator = ''] = message.split(' ', 1);
  if (message.startsWith('cannot convert')) return failure('ConversionFailure', message);
  if (message === '$divide cannot divide by zero') return failure('BadValue', "can't $divide by zero");
  if (arithmetic.has(operator)) return failure('TypeMismatch', message);
  const code = wrongOperand[operator];
  return code === undefined ? failure('InvalidPipelineOperator', message) : locationFailure(code, message);
};

/** What the library refuses, the server refuses. */
export const refusing = <Result>(run: () => Result): Result => {
  try {
    return run();
  } catch (cause) {
    throw cause instanceof MingoError ? refusalOf(cause) : cause;
  }
};
