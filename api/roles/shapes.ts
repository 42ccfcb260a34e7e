import { z } from 'zod';

const Instant = z.iso.datetime().describe('UTC');

const MAX_DAYS = 366;

/** What somebody may be beside an athlete. */
export const Role = z.enum(['admin', 'analyst', 'auditor', 'moderator', 'operator']);

/** Until when a role lasts. */
export const RoleEnd = Instant.refine(
  isWithinAYear,
  `must be in the future, and no more than ${MAX_DAYS} days away`,
);

export const RoleKey = z.object({ athleteId: z.uuid(), role: Role });

export const RoleTerm = z.strictObject({ endsAt: RoleEnd });

export const HeldRoleView = z.object({
  role: Role,
  grantedAt: Instant,
  endsAt: Instant,
  grantedBy: z.uuid().nullable().describe('Null: from the command line of the service'),
});

export const HeldRoles = z.object({ items: z.array(HeldRoleView) });

function isWithinAYear(instant: string): boolean {
  const days = (Date.parse(instant) - Date.now()) / 86_400_000;
  return days > 0 && days <= MAX_DAYS;
}
