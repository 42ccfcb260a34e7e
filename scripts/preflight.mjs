export async function preflight() {}
