using Lending.Kernel;

namespace Lending.Documents.Checks;

/// <summary>Why a file is not taken. Of a refused file nothing is kept.</summary>
internal static class FileErrors
{
    private const string Field = "file";

    public static readonly Error NoFile = Of("file-missing", "Send one file, in the form's field file, that is not empty.");
    public static readonly Error TooLarge = Of("body-too-large", "A file has at most 15 MB.");
    public static readonly Error Name = Of(
        "file-name-invalid",
        $"The name of a file has no path, no control characters and at most {FileName.MaximumLength} characters."
    );
    public static readonly Error Format = Of(
        "file-type-unsupported",
        "Only PDF, JPEG, PNG and WebP are taken; what the file is decides, not its name."
    );
    public static readonly Error NameOfOther = Of("file-name-mismatch", "The file is of another type than the end of its name says.");
    public static readonly Error TypeOfOther = Of("file-type-mismatch", "The file is of another type than its Content-Type says.");
    public static readonly Error TwoThings = Of("file-ambiguous", "The file is of two types at once.");
    public static readonly Error Infected = Of("file-infected", "A virus was found in the file.");
    public static readonly Error Unreadable = Of("file-unreadable", "The file is damaged or incomplete.");
    public static readonly Error TooManyPixels = Of("image-too-large", "A picture has at most 50 megapixels.");
    public static readonly Error Encrypted = Of("pdf-encrypted", "The document is protected by a password. Send it without.");
    public static readonly Error Active = Of(
        "pdf-active-content",
        "The document has scripts, starts programs or has files in it. Print it to a new PDF, and send that."
    );
    public static readonly Error TooComplex = Of(
        "pdf-too-complex",
        "The document has too much in it. Print it to a new PDF, and send that."
    );

    private static Error Of(string code, string message) => Error.Validation(code, message, Field);
}
