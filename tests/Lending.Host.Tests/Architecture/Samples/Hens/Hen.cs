using Lending.Host.Tests.Architecture.Samples.Eggs;

namespace Lending.Host.Tests.Architecture.Samples.Hens;

/// <summary>Names eggs in the body of an asynchronous method only, which the compiler puts into a type of its own.</summary>
internal sealed class Hen
{
    public static async Task<int> LayAsync()
    {
        await Task.Yield();
        return new Egg().GetHashCode();
    }
}
