using System.ComponentModel.DataAnnotations;

namespace Lending.Documents.Files;

/// <summary>Where files are kept; configuration section <c>Documents</c>.</summary>
internal sealed class FilesOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Documents";

    /// <summary>The folder of files; those that are just arriving are in it also where the others are in S3.</summary>
    [Required]
    public string? Folder { get; set; }

    /// <summary>Where set, files are kept in a bucket and not in the folder.</summary>
    public S3Options? S3 { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (S3 is { } s3 && (s3.Bucket is null || s3.ServiceUrl is null || s3.AccessKey is null || s3.SecretKey is null))
        {
            yield return new($"{Section}__S3 needs Bucket, ServiceUrl, AccessKey and SecretKey.");
        }
    }
}

/// <summary>A bucket of a store that speaks S3.</summary>
internal sealed class S3Options
{
    /// <summary>The address of the store.</summary>
    public string? ServiceUrl { get; set; }

    /// <summary>The region that requests are signed for.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The bucket, which has to be there.</summary>
    public string? Bucket { get; set; }

    /// <summary>The name of the key.</summary>
    public string? AccessKey { get; set; }

    /// <summary>The key.</summary>
    public string? SecretKey { get; set; }
}
