/** Spanish. The key that English calls pound has two names, so both are spoken. */
import type { Words } from './words.ts';

const pound = 'la tecla numeral, o almohadilla';
const fraudKey = 'Si no está iniciando sesión, presione 9.';
const fraudEntry = `Si no está iniciando sesión, presione 9 y después ${pound}.`;
const repeatEntry = 'Para escuchar esto de nuevo, espere.';

export const es: Words = {
  tag: 'es',
  call: {
    putThrough: (extension) => `Por favor, comunique esta llamada con la extensión ${extension}.`,
    greeting: (organizationName) => `Hola. Le llama ${organizationName}.`,
    signingIn: 'Alguien está iniciando sesión con su nombre y su contraseña.',
    proving: 'Este teléfono se está agregando para confirmar inicios de sesión.',
    ask: {
      call: `Presione ${pound}, para confirmar.`,
      'call-pin': `Marque su PIN y después presione ${pound}.`,
      'call-match': `Marque los dos dígitos que ve en la pantalla y después presione ${pound}.`,
    },
    fraud: { call: fraudKey, 'call-pin': fraudEntry, 'call-match': fraudEntry },
    repeat: { call: 'Para escuchar esto de nuevo, presione asterisco.', 'call-pin': repeatEntry, 'call-match': repeatEntry },
    tryAgain: 'Inténtelo de nuevo.',
    approved: 'Gracias. Ha quedado confirmado. Adiós.',
    denied: 'Este inicio de sesión no se puede confirmar. Adiós.',
    locked: 'Demasiados intentos. Su cuenta está bloqueada por ahora. Adiós.',
    fraudReported: 'Gracias. El inicio de sesión se rechazó y se avisará a su administrador. Adiós.',
    nothing: 'No se confirmó nada. Adiós.',
  },
  mail: {
    codes: {
      'sign-in': {
        subject: 'Su código para iniciar sesión',
        occasion: 'Alguien está iniciando sesión con su nombre. Si es usted, escriba este código:',
        otherwise: 'Si no es usted, es posible que alguien conozca su contraseña: cámbiela y avise a su administrador.',
      },
      'set-up': {
        subject: 'Su código para confirmar inicios de sesión por correo',
        occasion: 'Esta dirección se está configurando para confirmar inicios de sesión con su nombre. Para continuar, escriba este código:',
        otherwise: 'Si no lo está haciendo usted, avise de inmediato a su administrador.',
      },
      verify: {
        subject: 'Su código para verificar esta dirección',
        occasion: 'Para demostrar que esta dirección es suya, escriba este código:',
        otherwise: 'Si no lo está haciendo usted, puede ignorar este mensaje.',
      },
      'change-factors': {
        subject: 'Su código para cambiar cómo confirma sus inicios de sesión',
        occasion: 'Alguien quiere cambiar cómo se confirman los inicios de sesión con su nombre. Si es usted, escriba este código:',
        otherwise: 'Si no es usted, avise de inmediato a su administrador.',
      },
    },
    validFor: (minutes) => `El código es válido durante ${minutes} minutos y sirve una sola vez.`,
    keepIt: 'No se lo diga a nadie, ni por teléfono ni de otra manera: nadie tiene motivo para pedírselo.',
    notices: {
      'wrong-answer': {
        subject: 'No se confirmó un inicio de sesión',
        body: 'Alguien que conoce su contraseña dio una respuesta incorrecta cuando había que confirmar un inicio de sesión con su nombre. Si no fue usted, cambie su contraseña.',
      },
      'user-locked': {
        subject: 'Su inicio de sesión está bloqueado por ahora',
        body: 'Hubo demasiados intentos de confirmar un inicio de sesión con su nombre, por lo que está bloqueado por un tiempo. Si no fue usted, alguien conoce su contraseña: cámbiela.',
      },
      'fraud-reported': {
        subject: 'Se denunció un inicio de sesión como fraude',
        body: 'Alguien a quien se pidió confirmar un inicio de sesión con su nombre indicó que no era suyo. Su inicio de sesión queda bloqueado hasta que su administrador lo revise. Cambie su contraseña.',
      },
      'factor-added': {
        subject: 'Se agregó una forma de confirmar sus inicios de sesión',
        body: 'Se configuró para usted una nueva forma de confirmar inicios de sesión. Si no fue usted, avise de inmediato a su administrador.',
      },
      'factor-changed': {
        subject: 'Se cambió una forma de confirmar sus inicios de sesión',
        body: 'Se cambió un número, un PIN o el método con el que confirma sus inicios de sesión. Si no fue usted, avise de inmediato a su administrador.',
      },
      'factor-removed': {
        subject: 'Se eliminó una forma de confirmar sus inicios de sesión',
        body: 'Se eliminó una de las formas con las que confirma sus inicios de sesión. Si no fue usted, avise de inmediato a su administrador.',
      },
      'factor-disabled': {
        subject: 'Se desactivó una forma de confirmar sus inicios de sesión',
        body: 'Hubo demasiadas respuestas incorrectas con una de sus formas de confirmar inicios de sesión. Hay que configurarla de nuevo antes de poder usarla.',
      },
      'recovery-key-made': {
        subject: 'Se creó una clave de recuperación',
        body: 'Se creó una nueva clave de recuperación para sus inicios de sesión; la anterior ya no sirve. Si no fue usted, avise de inmediato a su administrador.',
      },
      'recovery-key-used': {
        subject: 'Se usó su clave de recuperación',
        body: 'Alguien inició sesión con su clave de recuperación, que ya no sirve, y debe configurar otra forma de confirmar inicios de sesión. Si no fue usted, avise de inmediato a su administrador.',
      },
      'app-unpaired': {
        subject: 'Una aplicación ya no confirma sus inicios de sesión',
        body: 'Se eliminó la cuenta de una aplicación que confirmaba sus inicios de sesión, por lo que esa aplicación ya no puede confirmar nada. Si no fue usted, avise de inmediato a su administrador.',
      },
      'push-paused': {
        subject: 'Alguien le pide una y otra vez que confirme inicios de sesión',
        body: 'Hubo varias solicitudes de confirmar un inicio de sesión con su nombre que usted no aprobó, por lo que no se preguntará a su aplicación durante una hora. Si no eran suyas, alguien conoce su contraseña: cámbiela.',
      },
      'user-suspended': {
        subject: 'Se suspendió su inicio de sesión',
        body: 'Se suspendió su inicio de sesión. Nadie puede iniciar sesión con su nombre hasta que su administrador lo reanude.',
      },
      'suspended-by-self': {
        subject: 'Usted suspendió su inicio de sesión',
        body: 'En la página de seguridad se indicó en su nombre que algo no fue cosa suya, así que su inicio de sesión está suspendido. Nadie puede iniciar sesión con su nombre hasta que su administrador, que ya está avisado, lo reanude.',
      },
      'user-resumed': { subject: 'Se reanudó su inicio de sesión', body: 'Su inicio de sesión ya no está suspendido.' },
      'user-unlocked': { subject: 'Se desbloqueó su inicio de sesión', body: 'Un administrador desbloqueó su inicio de sesión.' },
      'user-reset': {
        subject: 'Debe configurar de nuevo cómo confirma sus inicios de sesión',
        body: 'Un administrador eliminó todas las formas con las que confirmaba sus inicios de sesión, porque se perdieron o se van a sustituir. Nadie puede iniciar sesión con su nombre hasta que usted configure una nueva con la invitación que va a recibir. Si no lo ha pedido, avise de inmediato a su administrador y no reenvíe la invitación.',
      },
      'confirmation-disabled': {
        subject: 'Sus inicios de sesión ya no se confirman',
        body: 'Un administrador eliminó todas las formas con las que confirmaba sus inicios de sesión y desactivó la confirmación: ahora basta con su contraseña. Si no lo ha pedido, avise de inmediato a su administrador.',
      },
      'user-changed': { subject: 'Se cambió su cuenta', body: 'Un administrador cambió su nombre, su dirección o su función.' },
      'phone-provisioned': {
        subject: 'Ya puede confirmar sus inicios de sesión por teléfono',
        body: 'Se ha contratado para usted la confirmación de inicios de sesión por teléfono. Puede configurarla en su próximo inicio de sesión o en la configuración de seguridad de su portal. Tendrá que estar junto al teléfono. Después, mantenga sus números al día; de lo contrario, podría quedarse sin acceso.',
      },
      'token-provisioned': {
        subject: 'Ya puede confirmar sus inicios de sesión con un token de seguridad',
        body: 'Se ha contratado para usted la confirmación de inicios de sesión con un token de seguridad. Puede configurarla en su próximo inicio de sesión o en la configuración de seguridad de su portal. Tenga el token a mano: se le pedirán dos de sus códigos, uno tras otro.',
      },
    },
    administrators: {
      'user-locked': (user) => ({
        subject: 'Se bloqueó un inicio de sesión',
        body: `Tras demasiados intentos incorrectos o sin respuesta, el inicio de sesión de ${user} está bloqueado por un tiempo. Es posible que otros se hayan bloqueado en el mismo cuarto de hora: consulte la lista de auditoría.`,
      }),
      'fraud-reported': (user) => ({
        subject: 'Se denunció un inicio de sesión como fraude',
        body: `Alguien a quien se llamó para confirmar un inicio de sesión de ${user} indicó que no era suyo. Quien lo intentó conoce la contraseña. El inicio de sesión queda bloqueado hasta que alguno de ustedes lo revise y lo desbloquee.`,
      }),
      'suspended-by-self': (user) => ({
        subject: 'Alguien suspendió su propio inicio de sesión',
        body: `En la página de seguridad, ${user} indicó que algo no fue cosa suya o que perdió algo. Nadie puede iniciar sesión con su nombre hasta que alguno de ustedes lo reanude. Hable antes con esa persona por un medio que sepa que es suyo: quien lo intentó puede conocer la contraseña.`,
      }),
      'enforcement-started': () => ({
        subject: 'A partir de ahora hay que confirmar los inicios de sesión',
        body: 'La política de su organización exige ahora que se confirmen los inicios de sesión. Quien todavía no haya configurado una forma de confirmarlos puede hacerlo en el próximo inicio de sesión, mientras dure el plazo: avise a su personal y consulte en la política cuánto dura. Si ninguno de ustedes lo quería, consulte en la lista de auditoría quién lo cambió.',
      }),
      'enrollment-expired': (user) => ({
        subject: 'No se usó una invitación',
        body: `${user} no configuró a tiempo cómo confirmar los inicios de sesión, por lo que la invitación ha terminado y lo que estaba reservado vuelve a estar libre. Es posible que otras personas tampoco lo hayan hecho: consulte la lista de usuarios. Puede invitarlas de nuevo.`,
      }),
      'enrollment-canceled': (user) => ({
        subject: 'Se retiró una invitación',
        body: `Se retiró la invitación de ${user} para configurar cómo confirmar los inicios de sesión: el enlace ya no funciona y lo que estaba reservado vuelve a estar libre. Es posible que se hayan retirado otras en el mismo cuarto de hora. Quién lo hizo figura en la lista de auditoría.`,
      }),
      'enrollment-undeliverable': (user) => ({
        subject: 'No llegó una invitación',
        body: `La invitación de ${user} para configurar cómo confirmar los inicios de sesión no se pudo entregar por correo, por lo que ha terminado y lo que estaba reservado vuelve a estar libre. Es posible que otras tampoco: consulte la lista de usuarios. Indique otra dirección e invite de nuevo.`,
      }),
    },
    when: (time) => `Cuándo: ${time}`,
    invitation: {
      subject: 'Configure cómo confirma sus inicios de sesión',
      invited: (organizationName) => `${organizationName} le pide que confirme sus inicios de sesión de una segunda manera, además de su contraseña.`,
      reminder: 'Recordatorio: configure cómo confirma sus inicios de sesión',
      reminded: (organizationName) => `${organizationName} le pidió que confirmara sus inicios de sesión de una segunda manera, además de su contraseña. Todavía no lo ha configurado y queda poco tiempo.`,
      why: 'Una contraseña se puede adivinar o robar. Quien tenga la suya no podrá iniciar sesión con su nombre si sus inicios de sesión se confirman también con su teléfono o con una aplicación.',
      how: 'Solo toma unos minutos: abra esta página, escriba su contraseña una vez y siga las indicaciones. Tenga su teléfono a mano.',
      link: 'Configurar',
      validFor: (hours) => `El enlace sirve una sola vez, durante ${hours} horas. Si recibe otro, solo funciona el más reciente.`,
      otherwise: 'Si no esperaba este mensaje, pregunte a su equipo de soporte antes de abrir la página.',
    },
  },
};
