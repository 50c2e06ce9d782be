namespace Lending.Notifications.Contracts;

/// <summary>A PDF file that goes with a message.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Content">Its bytes.</param>
public sealed record MessageFile(string Name, byte[] Content);
