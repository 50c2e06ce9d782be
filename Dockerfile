# Exact versions, raised with each release; record 63 tells why there are no digests, and how to add them.
FROM mcr.microsoft.com/dotnet/sdk:10.0.401 AS build
WORKDIR /source
COPY . .
# Not in locked mode, in which CI restores: the lock file knows compiled-ahead packages of linux-x64 alone, and this may be built for arm64.
RUN dotnet publish src/Host -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0.15
WORKDIR /app
COPY --from=build /app .
# The runtime's debugging socket is a file in /tmp, and the file system may be read-only. In production nobody debugs.
ENV DOTNET_EnableDiagnostics=0 \
    ASPNETCORE_HTTP_PORTS= \
    ASPNETCORE_URLS=http://+:5080
# Where uploaded files lie; a volume that is mounted here belongs to the host, too.
RUN mkdir /documents && chown $APP_UID /documents
USER $APP_UID
EXPOSE 5080
# The image has bash, and neither curl nor wget. Whether it is alive; whether it is ready is a question for what stands in front of it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5080 && printf 'GET /health/live HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]
ENTRYPOINT ["dotnet", "Lending.Host.dll"]
