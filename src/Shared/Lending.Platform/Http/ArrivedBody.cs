using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lending.Platform.Http;

internal static class ArrivedBody
{
    /// <summary>A copy of the body, which has arrived as a whole behind <see cref="ConcurrencyLimit"/>. Nothing of it is consumed: the slice reads it from its start.</summary>
    public static async ValueTask<byte[]> CopyBodyAsync(this HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
        {
            return [];
        }
        var arrived = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
        var copy = arrived.Buffer.ToArray();
        context.Request.BodyReader.AdvanceTo(arrived.Buffer.Start);
        return copy;
    }
}
