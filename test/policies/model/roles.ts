import { DONE, isOwn, type Outcome, type Rules, STANDINGS, type Viewer, when, YES_NO } from './viewer.js';

const is = (role: string, viewer: Viewer): boolean =>
  viewer.kind === 'athlete' && viewer.roles.includes(role);

const refusedTo = (isStaff: boolean): Outcome => (isStaff ? 'told' : 'hidden');

const suspension: Rules = {
  facts: { isTargetAdmin: YES_NO, ownerStanding: STANDINGS },
  outcome: (viewer, { isTargetAdmin, ownerStanding }) => {
    const isAdmin = is('admin', viewer);
    const isModerator = is('moderator', viewer);
    const isThere = ownerStanding === 'active' || ownerStanding === 'suspended';
    const may = isAdmin || (isModerator && isTargetAdmin === false);
    return may && isThere && !isOwn(viewer) ? DONE : refusedTo(isAdmin || isModerator);
  },
};

/** Roles and suspensions. */
export const ROLES: Readonly<Record<string, Rules>> = {
  'role.grant': {
    facts: {
      newRole: ['admin', 'analyst', 'auditor', 'moderator', 'operator', 'king', 'absent'],
      ownerStanding: STANDINGS,
    },
    outcome: (viewer, { newRole, ownerStanding }) => {
      const isAdmin = is('admin', viewer);
      const may = isAdmin || viewer.name === 'command';
      const isRole = newRole !== 'king' && newRole !== 'absent';
      return may && !isOwn(viewer) && ownerStanding === 'active' && isRole ? DONE : refusedTo(isAdmin);
    },
  },
  'role.end': {
    facts: { isLastAdmin: YES_NO },
    outcome: (viewer, { isLastAdmin }) => {
      const may = is('admin', viewer) || isOwn(viewer);
      return may && isLastAdmin === false ? DONE : refusedTo(may);
    },
  },
  'role.list': { facts: {}, outcome: (viewer) => when(is('admin', viewer) || isOwn(viewer)) },
  'decision.list': { facts: {}, outcome: (viewer) => when(is('auditor', viewer)) },
  'decision.read': { facts: {}, outcome: (viewer) => when(is('auditor', viewer)) },
  'analyst.listQueries': { facts: {}, outcome: (viewer) => when(is('analyst', viewer)) },
  'analyst.runQuery': {
    facts: {},
    outcome: (viewer) => (is('analyst', viewer) ? { without: ['personal'] } : 'hidden'),
  },
  'analystCopy.refresh': {
    facts: {},
    outcome: (viewer) => when(is('operator', viewer) || viewer.name === 'command'),
  },
  'suspension.create': suspension,
  'suspension.delete': suspension,
};
