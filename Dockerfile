# Exact versions, raised with each release; record 63 tells why there are no digests, and how to add them.
FROM mcr.microsoft.com/dotnet/sdk:10.0.401 AS build
WORKDIR /source
COPY . .
# Not in locked mode, in which CI restores: the lock file knows compiled-ahead packages of linux-x64 alone, and this may be built for arm64.
RUN dotnet publish src/Host -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0.15
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
EXPOSE 5080
ENTRYPOINT ["dotnet", "Lending.Host.dll"]
