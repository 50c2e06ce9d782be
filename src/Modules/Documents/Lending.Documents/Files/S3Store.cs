using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace Lending.Documents.Files;

/// <summary>Files in a bucket of a store that speaks S3.</summary>
internal sealed class S3Store : IFileStore, IDisposable
{
    private readonly string bucket;
    private readonly AmazonS3Client client;

    public S3Store(IOptions<FilesOptions> options)
    {
        var settings = options.Value.S3!;
        bucket = settings.Bucket!;
        client = new AmazonS3Client(
            new BasicAWSCredentials(settings.AccessKey, settings.SecretKey),
            new AmazonS3Config
            {
                ServiceURL = settings.ServiceUrl,
                AuthenticationRegion = settings.Region,
                // Stores other than Amazon's have no host for each bucket, nor its newer checksums. What is stored is authenticated by its own tags.
                ForcePathStyle = true,
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            }
        );
    }

    public Task KeepAsync(Guid id, string path, CancellationToken ct) =>
        client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = KeyOf(id),
                FilePath = path,
                // Not every store takes the signatures of parts out of what it keeps.
                UseChunkEncoding = false,
                ContentType = System.Net.Mime.MediaTypeNames.Application.Octet,
            },
            ct
        );

    public async Task<Stream> OpenAsync(Guid id, long from, CancellationToken ct)
    {
        var request = new GetObjectRequest { BucketName = bucket, Key = KeyOf(id) };
        if (from > 0)
        {
            request.ByteRange = new ByteRange(from, long.MaxValue);
        }
        return (await client.GetObjectAsync(request, ct)).ResponseStream;
    }

    public async Task DeleteAsync(Guid id, CancellationToken ct)
    {
        try
        {
            await client.DeleteObjectAsync(bucket, KeyOf(id), ct);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            // It is what was asked for.
        }
    }

    public void Dispose() => client.Dispose();

    private static string KeyOf(Guid id) => id.ToString("N");
}
