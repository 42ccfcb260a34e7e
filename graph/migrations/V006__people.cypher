// Mutes are found like blocks, and athletes by the hash of an address that they agreed to be found by.

// Whether one mutes another is one seek for each entry of a feed.
CREATE INDEX mutes_by_pair IF NOT EXISTS
FOR ()-[mute:MUTES]-() ON (mute.muterId, mute.mutedId);

CREATE INDEX mutes_by_muter IF NOT EXISTS
FOR ()-[mute:MUTES]-() ON (mute.muterId, mute.since);

// Only accounts whose athlete agreed carry it.
CREATE INDEX account_contact_hash IF NOT EXISTS
FOR (account:Account) ON (account.contactHash);
