using System.Text.Json;
using FastEndpoints;
using FluentValidation.Results;

namespace Lending.Platform.Http;

/// <summary>Turns what validators and the JSON reader report into field errors with stable codes.</summary>
internal static class ValidationProblems
{
    private const string MalformedJson = "malformed-json";
    private const string UnknownMember = "unknown-member";
    private const string NoJson = "The body is not valid JSON.";

    public static Problem MalformedBody => Problem.Of(400, MalformedJson, NoJson);

    public static Problem From(IReadOnlyCollection<ValidationFailure> failures) =>
        failures.FirstOrDefault(failure => failure.ErrorCode == MalformedJson) is { } malformed
            ? Problem.Of(400, MalformedJson, malformed.ErrorMessage)
            : Problem.Invalid([.. failures.Select(failure => new FieldError(NameOf(failure), CodeOf(failure), failure.ErrorMessage))]);

    /// <summary>A failure that names the member at which the reader stopped.</summary>
    public static ValidationFailure From(JsonException exception)
    {
        // The serialiser wraps the reader's own exception when the text is no JSON at all.
        if (exception is not JsonBindException && (exception.InnerException is JsonException || exception.Path is null))
        {
            return new ValidationFailure("", NoJson) { ErrorCode = MalformedJson };
        }
        var name =
            exception is JsonBindException value ? value.FieldName
            : exception.Path!.StartsWith("$.", StringComparison.Ordinal) ? exception.Path[2..]
            : "body";
        return exception.Message switch
        {
            var message when message.Contains("could not be mapped", StringComparison.Ordinal) => new ValidationFailure(
                name,
                "There is no such member in this request."
            )
            {
                ErrorCode = UnknownMember,
            },
            var message when message.Contains("Duplicate", StringComparison.OrdinalIgnoreCase) => new ValidationFailure(
                name,
                "This member is given twice."
            )
            {
                ErrorCode = "duplicate-member",
            },
            _ => new ValidationFailure(name, "The value is not of the right type.") { ErrorCode = "wrong-type" },
        };
    }

    /// <summary>Members as the client writes them: validators name them as C# does, and what nobody knows is named as it was sent.</summary>
    private static string NameOf(ValidationFailure failure) =>
        failure.ErrorCode == UnknownMember
            ? failure.PropertyName
            : string.Join('.', failure.PropertyName.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>Codes of our own stay; FluentValidation's <c>NotEmptyValidator</c> becomes <c>not-empty</c>.</summary>
    private static string CodeOf(ValidationFailure failure)
    {
        const string suffix = "Validator";
        return failure.ErrorCode switch
        {
            null or "" => "invalid",
            var code when code.EndsWith(suffix, StringComparison.Ordinal) => JsonNamingPolicy.KebabCaseLower.ConvertName(
                code[..^suffix.Length]
            ),
            var code => code,
        };
    }
}
