import { join } from 'node:path';

/** The program of that name from the JDK in use: JAVA_HOME first, the PATH otherwise. */
export function javaProgram(name, environment = process.env) {
  return environment.JAVA_HOME ? join(environment.JAVA_HOME, 'bin', name) : name;
}
