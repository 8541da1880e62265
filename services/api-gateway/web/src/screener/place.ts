/** Where somebody was in the table: an instrument is looked at and left again. */
export interface Place { address: string; search: string; isWatchOnly: boolean; active: string | null; scrollTop: number }

const top = (address: string): Place => ({ address, search: '', isWatchOnly: false, active: null, scrollTop: 0 });

let left: Place = top('/');

export const leave = (place: Place): void => { left = place; };

/** The address that leads back. */
export const screenerAddress = (): string => left.address;

/** What was left at this address; another one begins at the top. */
export const placeAt = (address: string): Place => (left.address === address ? left : top(address));
