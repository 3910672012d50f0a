/**
 * Stands in for the SDK's reading of `~/.aws/config` and `~/.aws/credentials`, which no Lambda function has. Each client
 * looks for them several times before its first call.
 */
interface ConfigFiles {
  readonly configFile: Readonly<Record<string, never>>;
  readonly credentialsFile: Readonly<Record<string, never>>;
}

export const CONFIG_PREFIX_SEPARATOR = '.';

/** Same name and shape as the SDK's own, as if both files were missing. */
export const loadSharedConfigFiles = (): Promise<ConfigFiles> => Promise.resolve({ configFile: {}, credentialsFile: {} });
