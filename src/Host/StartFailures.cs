using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Host;

/// <summary>What stops a start because of settings or surroundings, which a person mends who reads one sentence.</summary>
internal static class StartFailures
{
    /// <summary>Whether the message alone is told; anything else is a mistake of ours, and shows where it happened.</summary>
    public static bool AreTold(Exception exception) =>
        exception is OptionsValidationException or InvalidOperationException or IOException or CryptographicException or NpgsqlException;
}
