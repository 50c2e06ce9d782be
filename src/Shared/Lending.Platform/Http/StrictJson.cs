using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Lending.Platform.Http;

/// <summary>The JSON that Lending speaks: camelCase, enums as UPPER_CASE strings, and nothing accepted that it does not know.</summary>
public static class StrictJson
{
    /// <summary>Applies the rules to these options.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 32;
        options.Converters.Add(new OneNameConverter());
        // Never asked, as the one above comes first; by it the generator of the API document knows that names are written.
        options.Converters.Add(OneNameConverter.Names);
        options.Converters.Add(new StorableStringConverter());
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(LeaveOutAnything);
    }

    // Otherwise the serialiser would refuse the first absent member, and the answer would not name everything that is wrong at once.
    private static void LeaveOutAnything(JsonTypeInfo type)
    {
        if (type.Type.IsAssignableTo(typeof(IPatchable)))
        {
            foreach (var property in type.Properties)
            {
                property.IsRequired = false;
            }
        }
    }

    /// <summary>.NET also reads several names with commas between them, as the member whose number is the sum of theirs.</summary>
    private sealed class OneNameConverter : JsonConverterFactory
    {
        public static readonly JsonStringEnumConverter Names = new(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false);

        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)
                Activator.CreateInstance(typeof(OfType<>).MakeGenericType(typeToConvert), Names.CreateConverter(typeToConvert, options))!;

        private sealed class OfType<T>(JsonConverter<T> names) : JsonConverter<T>
        {
            public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                reader.TokenType == JsonTokenType.String && reader.GetString()!.Contains(',', StringComparison.Ordinal)
                    ? throw new JsonException()
                    : names.Read(ref reader, typeToConvert, options);

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
                names.Write(writer, value, options);
        }
    }

    /// <summary>PostgreSQL cannot store U+0000 in a text, so no request may hold one.</summary>
    private sealed class StorableStringConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType is JsonTokenType.String or JsonTokenType.Null ? reader.GetString() : throw new JsonException();
            return text?.Contains('\0', StringComparison.Ordinal) == true ? throw new JsonException() : text;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
