using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FluentValidation;

namespace Lending.Platform.Http;

/// <summary>
/// The body of a PATCH (JSON Merge Patch, RFC 7396): absent members stay, null clears. It is laid over the present state, and the outcome
/// is validated by the rules of a PUT.
/// </summary>
[JsonConverter(typeof(MergePatchConverterFactory))]
public sealed class MergePatch<T>
    where T : class, IPatchable
{
    private readonly JsonSerializerOptions options;

    /// <summary>A patch that changes nothing. FastEndpoints asks every request type for such a constructor.</summary>
    public MergePatch()
        : this([], JsonSerializerOptions.Default) { }

    internal MergePatch(JsonObject members, JsonSerializerOptions options)
    {
        Members = members;
        this.options = options;
    }

    /// <summary>The members that the client sent. They are a property because FastEndpoints refuses request types without one.</summary>
    public JsonObject Members { get; init; }

    /// <summary>Lays the patch over <paramref name="current"/>; false, with the answer to give, when the outcome is not valid.</summary>
    public bool TryApply(
        T current,
        AbstractValidator<T> validator,
        [NotNullWhen(true)] out T? patched,
        [NotNullWhen(false)] out Problem? problem
    )
    {
        var target = JsonSerializer.SerializeToNode(current, options)!.AsObject();
        Merge(target, Members);
        try
        {
            patched = target.Deserialize<T>(options)!;
        }
        catch (JsonException exception)
        {
            patched = null;
            problem = ValidationProblems.From([ValidationProblems.From(exception)]);
            return false;
        }
        var result = validator.Validate(patched);
        problem = result.IsValid ? null : ValidationProblems.From(result.Errors);
        return result.IsValid;
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject inner)
            {
                if (target[name] is not JsonObject present)
                {
                    target[name] = present = [];
                }
                Merge(present, inner);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}

internal sealed class MergePatchConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.GetGenericTypeDefinition() == typeof(MergePatch<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(MergePatchConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class MergePatchConverter<T> : JsonConverter<MergePatch<T>>
        where T : class, IPatchable
    {
        public override bool HandleNull => true;

        public override MergePatch<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Null)
            {
                // An inner exception tells ValidationProblems that the body as a whole is wrong, and not one member of it.
                throw new JsonException("A patch is an object.", new JsonException());
            }
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException();
            }
            try
            {
                return new MergePatch<T>(JsonSerializer.Deserialize<JsonObject>(ref reader, options)!, options);
            }
            catch (ArgumentException duplicate)
            {
                throw new JsonException("Duplicate member.", duplicate);
            }
        }

        public override void Write(Utf8JsonWriter writer, MergePatch<T> value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A merge patch is only read.");
    }
}
