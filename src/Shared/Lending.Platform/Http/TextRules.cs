using FluentValidation;

namespace Lending.Platform.Http;

/// <summary>What modules' validators say of texts.</summary>
public static class TextRules
{
    /// <summary>
    /// No line breaks and other control characters: <c>control-character</c>. A pattern alone lets a line break pass at the end, as for .NET a text's end is before it, too.
    /// </summary>
    public static IRuleBuilderOptions<T, string?> MustBeOneLine<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || !text.Any(char.IsControl))
            .WithErrorCode("control-character")
            .WithMessage("Line breaks and other control characters are not allowed.");
}
