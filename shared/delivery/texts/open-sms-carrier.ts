/** The carrier that a stage names, made once per process. */
import type { SmsCarrier, TextingSettings } from '../sms-carrier.ts';
import { endUserMessagingCarrier } from './end-user-messaging-carrier.ts';
import { snsCarrier } from './sns-carrier.ts';

export function openSmsCarrier(settings: TextingSettings): SmsCarrier {
  return settings.carrier === 'sns' ? snsCarrier(settings) : endUserMessagingCarrier(settings);
}
