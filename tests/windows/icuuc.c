/* Stands in for icuuc.dll, which Windows 10 has and Wine 8 has not, so that Qt6Core loads.
 *
 * The twenty names are what Qt6Core.dll 6.11 imports (x86_64-w64-mingw32-objdump -p lists them).
 * Qt asks ICU only for legacy text encodings, which Companion never does through Qt: here every
 * encoding is unknown, and Qt goes on with its own UTF-8, UTF-16 and UTF-32.
 */
#include <stddef.h>
#include <stdint.h>

#define EXPORT __declspec(dllexport)

enum { UNSUPPORTED = 16 }; /* U_UNSUPPORTED_ERROR */

typedef int32_t Error;
typedef struct Converter Converter;
typedef void (*Callback)(void);

static void refuse(Error *error)
{
    if (error != NULL)
        *error = UNSUPPORTED;
}

static void no_callback(Callback *callback, const void **context)
{
    if (callback != NULL)
        *callback = NULL;
    if (context != NULL)
        *context = NULL;
}

/* Opening: no encoding is known, so Qt never holds a converter to give to the rest. */

EXPORT Converter *ucnv_open(const char *name, Error *error)
{
    (void)name;
    refuse(error);
    return NULL;
}

EXPORT void ucnv_close(Converter *converter) { (void)converter; }
EXPORT void ucnv_reset(Converter *converter) { (void)converter; }

/* What is known: nothing. */

EXPORT int32_t ucnv_countAvailable(void) { return 0; }

EXPORT const char *ucnv_getAvailableName(int32_t index)
{
    (void)index;
    return NULL;
}

EXPORT const char *ucnv_getName(const Converter *converter, Error *error)
{
    (void)converter;
    refuse(error);
    return NULL;
}

EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, Error *error)
{
    (void)name;
    (void)standard;
    refuse(error);
    return NULL;
}

EXPORT int8_t ucnv_getMaxCharSize(const Converter *converter)
{
    (void)converter;
    return 1;
}

/* Converting. */

EXPORT void ucnv_toUnicode(Converter *converter, uint16_t **target, const uint16_t *target_end,
                           const char **source, const char *source_end, int32_t *offsets,
                           int8_t flush, Error *error)
{
    (void)converter, (void)target, (void)target_end, (void)source, (void)source_end;
    (void)offsets, (void)flush;
    refuse(error);
}

EXPORT void ucnv_fromUnicode(Converter *converter, char **target, const char *target_end,
                             const uint16_t **source, const uint16_t *source_end,
                             int32_t *offsets, int8_t flush, Error *error)
{
    (void)converter, (void)target, (void)target_end, (void)source, (void)source_end;
    (void)offsets, (void)flush;
    refuse(error);
}

EXPORT int32_t ucnv_toUCountPending(const Converter *converter, Error *error)
{
    (void)converter;
    refuse(error);
    return 0;
}

EXPORT int32_t ucnv_fromUCountPending(const Converter *converter, Error *error)
{
    (void)converter;
    refuse(error);
    return 0;
}

/* What to do with characters that do not fit: never reached. */

EXPORT void ucnv_getToUCallBack(const Converter *converter, Callback *callback,
                                const void **context)
{
    (void)converter;
    no_callback(callback, context);
}

EXPORT void ucnv_getFromUCallBack(const Converter *converter, Callback *callback,
                                  const void **context)
{
    (void)converter;
    no_callback(callback, context);
}

EXPORT void ucnv_setToUCallBack(Converter *converter, Callback new_callback,
                                const void *new_context, Callback *callback, const void **context,
                                Error *error)
{
    (void)converter, (void)new_callback, (void)new_context;
    no_callback(callback, context);
    refuse(error);
}

EXPORT void ucnv_setFromUCallBack(Converter *converter, Callback new_callback,
                                  const void *new_context, Callback *callback,
                                  const void **context, Error *error)
{
    (void)converter, (void)new_callback, (void)new_context;
    no_callback(callback, context);
    refuse(error);
}

EXPORT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void ucnv_cbToUWriteUChars(void) {}
EXPORT void ucnv_cbFromUWriteUChars(void) {}
