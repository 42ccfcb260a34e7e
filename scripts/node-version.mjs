// Imported before anything else by what a person runs, so it has to be readable for any Node that knows modules.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Paceline needs Node 20.19 or newer and this is ${process.versions.node}: install a newer one (https://nodejs.org) and run the command again.`,
  );
  process.exit(1);
}
