namespace Lending.Platform.Persistence;

/// <summary>The application's role may read and insert its rows, never change or delete them.</summary>
public interface IAppendOnly;
