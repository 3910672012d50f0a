/** The version that the service says it is: the same as package.json's, which a test sees to. */
export const serviceVersion = '0.1.0';
