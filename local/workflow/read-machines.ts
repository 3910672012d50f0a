/** The template's state machines, with their substitutions filled in. */
import type { Resolver } from '../template/resolver.ts';
import { readDefinition } from './definition.ts';
import type { Machine } from './execution.ts';

interface MachineProperties {
  readonly DefinitionString?: string;
  readonly DefinitionSubstitutions?: Readonly<Record<string, string>>;
  readonly StateMachineType?: string;
}

/** Reads all machines; an express one would run differently and is refused. */
export function readMachines(resolver: Resolver): Machine[] {
  return resolver.resources('AWS::StepFunctions::StateMachine').map(({ logicalId, arn, properties }) => {
    const { DefinitionString, DefinitionSubstitutions = {}, StateMachineType } = properties as MachineProperties;
    if (StateMachineType === 'EXPRESS') throw new Error(`${logicalId} is an express machine, which does not run here.`);
    if (DefinitionString === undefined) throw new Error(`The machine ${logicalId} has no DefinitionString.`);
    const text = DefinitionString.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => {
      const value = DefinitionSubstitutions[name];
      // Inside JSON text, so what JSON escapes is escaped.
      return value === undefined ? whole : JSON.stringify(value).slice(1, -1);
    });
    const name = arn.split(':').at(-1) ?? logicalId;
    return { arn, name, definition: readDefinition(text, name) };
  });
}
