/** Spanish: registering from an invitation. */
import type { RegistrationWords } from '../en/registration.ts';
import { words as setUp } from './set-up.ts';

export const words: RegistrationWords = {
  ...setUp,
  phone: {
    ...setUp.phone,
    change: 'Cambiar el PIN o el número de reserva',
    attempted: (attempt, of) => `Se está intentando la autenticación, intento ${String(attempt)} de ${String(of)}.`,
  },
  doneTitle: 'Registro completado',
  doneText: 'A partir de ahora confirmará así al iniciar sesión. Aquí no queda nada más por hacer.',

  registration: {
    startTitle: (name) => `Proteja su cuenta en ${name}`,
    startText: (name) => `${name} le invita a configurar una segunda prueba de que es usted. Con ella, nadie puede entrar en su nombre solo con su contraseña.`,
    needTitle: 'Tenga a mano',
    needPassword: (name) => `La contraseña con la que inicia sesión en ${name}.`,
    needDevice: 'Su teléfono, o aquello con lo que quiera confirmar.',
    start: 'Empezar',
    startNote: 'Tardará unos tres minutos. El enlace del correo funciona una vez: cuando pulse Empezar. Después tiene 30 minutos.',

    passwordTitle: 'Escriba su contraseña',
    passwordText: (name) => `Es la contraseña con la que inicia sesión en ${name}. ${name} la comprueba; aquí no se guarda nada de ella.`,
    password: 'Contraseña',
    validate: 'Validar',
    passwordMissing: 'Escriba primero la contraseña.',
    notAccepted: 'No se ha aceptado. Compruebe la contraseña y que no estén activadas las mayúsculas, e inténtelo de nuevo. Tras cinco intentos la invitación termina.',

    ssoTitle: 'Inicie sesión para continuar',
    ssoText: (name) => `Usted entra en ${name} a través de su organización. Hágalo ahora, en menos de 30 minutos: después se le guiará por el resto.`,
    sso: (name) => `Iniciar sesión en ${name}`,
    ssoLost: 'Inicie sesión ahora en su portal, en menos de 30 minutos: después se le guiará por el resto.',

    phoneTitle: 'Su teléfono',
    phoneText: (hint) => `Se llamará al ${hint} en cuanto pulse Registrar: tenga este teléfono a mano. ¿Ya no es suyo? Entonces pregunte al servicio de ayuda.`,
    pinTitle: 'Elija su PIN',
    backup: 'Añadir un número de reserva',
    backupText: 'Se llama a él cuando nadie contesta en el primero; también ahora una vez, para probar que es suyo. Puede dejarlo vacío.',
    backupTitle: 'Ahora su número de reserva',
    backupNext: (hint) => `Su primer número está probado. Ahora se llamará al ${hint}: tenga ese teléfono a mano. Si nadie confirma allí, no se guarda.`,
    backupSkip: 'Continuar sin él',
    register: 'Registrar',

    waysTitle: 'Elija cómo quiere confirmar',

    overTitle: 'Este enlace ya no se puede usar',
    overText: 'Funciona una vez, durante 24 horas, y una invitación más reciente lo sustituye.',
    overNextTitle: 'Qué hacer ahora',
    overDone: 'Si ya se ha registrado, simplemente inicie sesión. No queda nada más por hacer.',
    overAgain: 'Si no, mire si hay una invitación más reciente en su correo. Si no la hay, pídala al servicio de ayuda.',
  },
};
