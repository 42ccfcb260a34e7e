import { z } from 'zod';

/** The process lives. */
export const Alive = z.object({ status: z.literal('live') }).meta({ id: 'Alive' });

/** Every store answers. */
export const Ready = z.object({ status: z.literal('ready') }).meta({ id: 'Ready' });
