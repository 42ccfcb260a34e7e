import { z } from 'zod';

/** The process lives. */
export const Alive = z.object({ status: z.literal('live') });

/** Every store answers. */
export const Ready = z.object({ status: z.literal('ready') });
