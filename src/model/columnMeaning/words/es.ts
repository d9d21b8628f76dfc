import type { Words } from './words.ts'

export const es: Words = {
  language: 'es',
  strong: {
    backlog: `backlog del producto, backlog de producto, pila de producto, pila del producto, backlog del proyecto,
      algún día, lista de deseos, banco de ideas`,
    todo: `por hacer, a hacer, para hacer, pendiente, pendientes, tareas pendientes, lista de tareas,
      tareas por hacer, cosas por hacer, cosas que hacer, por empezar, por iniciar, sin empezar, sin iniciar,
      no iniciado, no iniciada, no iniciadas, backlog del sprint, pila del sprint, listo para empezar,
      listo para desarrollo, listo para desarrollar, qué hacer, por realizar, por comenzar`,
    doing: `en proceso, en progreso, en curso, haciendo, haciéndose, en desarrollo, en marcha, en ejecución,
      trabajando, trabajando en ello, en revisión, en pruebas, en prueba, revisión de código, listo para revisar,
      listo para revisión, pendiente de revisión, pendiente de revisar, por revisar, listo para probar, en testeo,
      en test, pendiente de pruebas, listo para producción, listo para desplegar, listo para publicar, en elaboración,
      en trabajo`,
    blocked: `bloqueado, bloqueada, bloqueados, bloqueadas, bloqueo, en espera, a la espera, detenido, detenida,
      pausado, pausada, pausados, pausadas, en pausa, esperando respuesta, esperando al cliente, esperando cliente,
      parado, impedimentos, en standby`,
    done: `hecho, hecha, hechos, hechas, terminado, terminada, terminados, terminadas, concluido, concluida,
      concluidos, concluidas, finalizado, finalizada, finalizados, finalizadas, completado, completada, completados,
      completadas, tareas terminadas, tareas completadas, tareas hechas, tareas finalizadas, realizado, realizada,
      realizados, realizadas, ya hecho`,
    dropped: `cancelado, cancelada, cancelados, canceladas, descartado, descartada, descartados, descartadas,
      no se hará, no hacer, anulado`
  },
  weak: {
    backlog: `ideas, sugerencias, propuestas, aplazado, pospuesto, más adelante, más tarde, futuro, quizás, tal vez,
      lluvia de ideas, bandeja de entrada, buzón, solicitudes, hoja de ruta, a futuro`,
    todo: `hoy, mañana, esta semana, próxima semana, semana que viene, siguiente, siguientes, próximo, próximos,
      próximas, nuevo, nuevos, nuevas, abierto, abiertos, planificado, planificación, planeado, programado, asignado,
      asignadas, tareas, en cola, priorizado, este mes, próximamente`,
    doing: `revisión, revisar, revisando, pruebas, prueba, probando, testeo, testing qa, desarrollo, activo, activas,
      validación, verificación, control de calidad, por probar, por validar, a revisar, para revisar, ejecución,
      ejecutando, en validación, comenzado, iniciado`,
    blocked: 'espera, esperando, suspendido, suspendida, congelado, retenido, stand by',
    done: `cerrado, cerrada, cerrados, cerradas, publicado, publicados, publicada, entregado, entregados, entregada,
      resuelto, resueltos, listo, listos, lista, listas, lanzado, desplegado, logrado, aceptado, solucionado,
      en producción`,
    dropped: `obsoleto, obsoletos, rechazado, rechazada, rechazados, duplicado, duplicados, eliminado, eliminados,
      papelera, abandonado`,
    reference: `información, info general, información general, herramientas, recursos, plantillas, plantilla, notas,
      enlaces, enlaces de interés, enlaces útiles, documentación, documentos, referencias, referencia, instrucciones,
      material, materiales, guía, guías, léeme, equipo, reglas, contactos, acerca de, ayuda, bibliografía`
  },
  openEnded: { blocked: 'esperando a, a la espera de, en espera de, bloqueado por' }
}
