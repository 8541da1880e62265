import type { Delivery } from '../api/types';

export const stateWords: Record<Delivery['state'], string> = { pending: 'waiting', delivered: 'delivered', dead: 'given up', expired: 'too late', cancelled: 'not needed' };

/** `410` and `answered 410` say the same: the status once, or what went wrong. */
export function answerOf({ last_status: status, last_error: error }: Pick<Delivery, 'last_status' | 'last_error'>): string {
  if (error === null) return status === null ? '' : String(status);
  return status === null || error.includes(String(status)) ? error : `${status} ${error}`;
}
