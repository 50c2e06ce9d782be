using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace FastEndpoints;

/// <summary>Converts what stands in a route, query, form, header or claim; false where it is not a value of the type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="raw">The texts.</param>
/// <param name="value">The value.</param>
/// <returns>Whether it is a value.</returns>
internal delegate bool ValueParser<T>(StringValues raw, out T? value);

/// <summary>The conversions from texts, in the invariant culture. Each is built once a type.</summary>
/// <param name="json">The serializer's options: they say how enum members are written.</param>
internal sealed class ValueParsers(JsonSerializerOptions json)
{
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly FrozenDictionary<Type, Delegate> BuiltIn = new Dictionary<Type, Delegate>
    {
        [typeof(string)] = new ValueParser<string>(Text),
        [typeof(bool)] = new ValueParser<bool>((raw, out value) => bool.TryParse(raw, out value)),
        [typeof(DateOnly)] = new ValueParser<DateOnly>(Date),
        [typeof(DateTime)] = new ValueParser<DateTime>(DateAndTime),
        [typeof(DateTimeOffset)] = new ValueParser<DateTimeOffset>(Instant),
    }.ToFrozenDictionary();

    private readonly ConcurrentDictionary<Type, Delegate?> _parsers = new();

    /// <summary>The conversion to a type; null where there is none, as for objects.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The conversion.</returns>
    public ValueParser<T>? For<T>() => (ValueParser<T>?)_parsers.GetOrAdd(typeof(T), Build);

    private Delegate? Build(Type type)
    {
        if (BuiltIn.TryGetValue(type, out var parser))
        {
            return parser;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Build(nameof(Optional), underlying);
        }

        if (type.IsEnum)
        {
            return Build(nameof(EnumMember), type);
        }

        if (Implements(type, typeof(INumberBase<>)))
        {
            return Build(nameof(Number), type);
        }

        if (Implements(type, typeof(IParsable<>)))
        {
            return Build(nameof(Parsable), type);
        }

        var element =
            type.IsArray ? type.GetElementType()
            : type.IsGenericType ? type.GetGenericArguments()[0]
            : null;
        var isCollection =
            element is not null && (type == element.MakeArrayType() || type.IsAssignableFrom(typeof(List<>).MakeGenericType(element)));
        return isCollection ? Build(nameof(Collection), element!, type) : null;
    }

    private Delegate? Build(string method, params Type[] types) =>
        (Delegate?)
            typeof(ValueParsers)
                .GetMethod(method, BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(types)
                .Invoke(this, BindingFlags.DoNotWrapExceptions, null, null, null);

    private ValueParser<T?>? Optional<T>()
        where T : struct =>
        For<T>() is not { } parse
            ? null
            : (raw, out value) =>
            {
                value = null;
                if (string.IsNullOrEmpty(raw))
                {
                    return true; // "?status=" says that there is no value.
                }

                var isValue = parse(raw, out var inner);
                value = inner;
                return isValue;
            };

    /// <summary>An enum member is known by its name and by what the serializer writes for it; numbers count only if that is what it writes.</summary>
    private ValueParser<T> EnumMember<T>()
        where T : struct, Enum
    {
        var members = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in Enum.GetValues<T>())
        {
            members.TryAdd(member.ToString(), member);
            members.TryAdd(JsonSerializer.Serialize(member, json).Trim('"'), member);
        }

        return (raw, out value) => members.TryGetValue(raw.ToString(), out value);
    }

    private static ValueParser<T> Number<T>()
        where T : INumberBase<T>
    {
        // No thousands separators: "1,5" must be an error, not 15.
        var style = Implements(typeof(T), typeof(IBinaryInteger<>)) ? NumberStyles.AllowLeadingSign : Decimal;
        return (raw, out value) => T.TryParse(raw, style, CultureInfo.InvariantCulture, out value) && T.IsFinite(value);
    }

    private static ValueParser<T> Parsable<T>()
        where T : IParsable<T> => (raw, out value) => T.TryParse(raw, CultureInfo.InvariantCulture, out value);

    private ValueParser<TCollection>? Collection<T, TCollection>() =>
        For<T>() is not { } parse
            ? null
            : (raw, out value) =>
            {
                var items = new List<T?>(raw.Count);
                value = default;
                foreach (var text in raw)
                {
                    if (!parse(text, out var item))
                    {
                        return false;
                    }

                    items.Add(item);
                }

                value = (TCollection)(object)(typeof(TCollection).IsArray ? items.ToArray() : items);
                return true;
            };

    private static bool Text(StringValues raw, out string? value)
    {
        value = raw;
        return true;
    }

    private static bool Date(StringValues raw, out DateOnly value) =>
        DateOnly.TryParseExact(raw, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    private static bool DateAndTime(StringValues raw, out DateTime value)
    {
        var isValue = Instant(raw, out var instant);
        value = instant.UtcDateTime;
        return isValue;
    }

    /// <summary>ISO 8601 only; without an offset it is UTC.</summary>
    private static bool Instant(StringValues raw, out DateTimeOffset value)
    {
        value = default;
        return raw.ToString() is { Length: >= 10 } text
            && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }

    private static bool Implements(Type type, Type genericInterface) =>
        Array.Exists(
            type.GetInterfaces(),
            candidate =>
                candidate.IsGenericType
                && candidate.GetGenericTypeDefinition() == genericInterface
                && candidate.GetGenericArguments()[0] == type
        );
}
