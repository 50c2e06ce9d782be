Console.Error.WriteLine("dotnet-ef loads this assembly; there is nothing to run. See DesignTimeFactories.cs.");
return 1;
