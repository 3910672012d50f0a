/** Runs commands on the product's reducers and on the model side by side, and says what each made of every one. */
import { createHmac } from 'node:crypto';
import type { Code, Command } from './sign-in-commands.ts';
import { rightPin, secrets, SignInDriver, start } from './sign-in-driver.ts';
import type { Rules } from './guessing-model.ts';
import { SignInModel } from './sign-in-model.ts';

type App = 'app' | 'spare';

export const defaults: Rules = { methods: ['totp', 'phone:call-pin'], wrongAnswers: 5, lockMinutes: 60 };

const typedKeys = { right: rightPin, wrong: '918273', silence: 'Timeout', fraud: '9' } as const;
const known = new Map<string, string>();

/** RFC 4226 once more, in other words; both are held to its vectors elsewhere. */
function hotp(secret: Buffer, counter: number): string {
  const text = createHmac('sha1', secret).update(counter.toString(16).padStart(16, '0'), 'hex').digest('hex');
  const offset = 2 * Number.parseInt(text.slice(-1), 16);
  return String(Number(BigInt(`0x${text.slice(offset, offset + 8)}`) & 0x7fffffffn)).padStart(10, '0').slice(-6);
}

function codeOf(app: App, step: number): string {
  const name = `${app}/${String(step)}`;
  const code = known.get(name) ?? hotp(secrets[app], step);
  known.set(name, code);
  return code;
}

export interface Step {
  readonly command: Command;
  readonly challenge: string | undefined;
  readonly product: string;
  readonly model: string;
}

export class SignInRun {
  readonly product = new SignInDriver(defaults);
  readonly model = new SignInModel(start, defaults);
  readonly steps: Step[] = [];
  private readonly names: string[] = [];
  private readonly last = { app: '000000', spare: '000000' };
  private readonly endedCalls = new Map<string, { send: number; leg: number }>();

  private name(nth: number): string {
    return this.names.at(-1 - nth) ?? 'none';
  }

  private newName(): string {
    const name = String(this.names.length);
    this.names.push(name);
    return name;
  }

  private text(app: App, code: Code): string {
    if (code === 'wrong') return '000000';
    if (code === 'again') return this.last[app];
    this.last[app] = codeOf(app, Math.floor(this.product.clock / 30_000) + code.offset);
    return this.last[app];
  }

  /** Every step near the record's time that has this code: usually the one that was meant, or none. */
  private stepsOf(app: App, text: string): number[] {
    const now = Math.floor(this.model.time / 30_000);
    return [now - 1, now, now + 1].filter((step) => codeOf(app, step) === text);
  }

  run(command: Command): Step {
    this.model.pass(this.product.clock);
    const { version } = this.product.state;
    const [challenge, product, model] = this.apply(command);
    if (this.product.state.version !== version) this.model.commit();
    const step = { command, challenge, product, model };
    this.steps.push(step);
    return step;
  }

  private apply(command: Command): [string | undefined, string, string] {
    switch (command.do) {
      case 'wait':
        this.product.clock += command.milliseconds;
        return [undefined, '', ''];
      case 'set-back':
        this.product.clock -= command.milliseconds;
        return [undefined, '', ''];
      case 'rules':
        this.product.setRules(command);
        this.model.guessing.rules = command;
        return [undefined, '', ''];
      case 'unlock':
      case 'suspend':
      case 'resume':
        return this.administer(command.do);
      case 'key':
      case 'end-leg':
        return this.onTelephone(command);
      default:
        return this.signIn(command);
    }
  }

  private administer(action: 'unlock' | 'suspend' | 'resume'): [undefined, string, string] {
    this.product[action]();
    if (action === 'unlock') this.model.guessing.unlock(this.model.time);
    else if (action === 'suspend') this.model.suspend();
    else this.model.isSuspended = false;
    return [undefined, '', ''];
  }

  private onTelephone(command: Extract<Command, { do: 'key' | 'end-leg' }>): [string, string, string] {
    const name = this.name(command.nth);
    const isLate = command.do === 'key' && command.isLate;
    const call = isLate ? this.endedCalls.get(name) : this.product.calls.get(name);
    if (!call) return [name, '', ''];
    const { send, leg } = call;
    if (command.do === 'end-leg') {
      this.endedCalls.set(name, { send, leg });
      return [name, this.product.endLeg(name, call, command.ended), this.model.endLeg(name, send, leg, command.ended)];
    }
    return [name, this.product.key(name, { send, leg }, typedKeys[command.typed]), this.model.key(name, send, leg, command.typed)];
  }

  private signIn(command: Extract<Command, { do: 'start' | 'start-with' | 'answer' | 'send' | 'cancel' | 'redeem' }>): [string, string, string] {
    if (command.do === 'start') {
      const name = this.newName();
      return [name, this.product.start(name, `client-${String(command.client)}`), this.model.start(name)];
    }
    if (command.do === 'start-with') {
      const [name, code] = [this.newName(), this.text(command.factor, command.code)];
      const { factor } = command;
      return [name, this.product.start(name, 'vpn', { factor, code }), this.model.startWith(name, factor, this.stepsOf(factor, code))];
    }
    const name = this.name(command.nth);
    if (command.do === 'answer') {
      const code = this.text(command.factor, command.code);
      return [name, this.product.answer(name, command.factor, code).word, this.model.answer(name, command.factor, this.stepsOf(command.factor, code))];
    }
    if (command.do === 'send') {
      const isUnderWay = this.product.calls.has(name);
      return [name, this.product.send(name), this.model.send(name, isUnderWay)];
    }
    return [name, this.product[command.do](name), this.model[command.do](name)];
  }
}
