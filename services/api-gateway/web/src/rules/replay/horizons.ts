import { lengthOf } from '../../instrument/bars';

/** From the nearest to the farthest: the order in which an object comes over the wire means nothing. */
export const horizonsOf = (all: Record<string, unknown>): string[] => Object.keys(all).sort((a, b) => lengthOf(a) - lengthOf(b));
