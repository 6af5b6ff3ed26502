FROM rust:1-slim AS build
WORKDIR /cognate
COPY . .
RUN cargo build --release --locked

FROM debian:stable-slim
RUN apt-get update && apt-get install --yes --no-install-recommends git && rm -rf /var/lib/apt/lists/*
COPY --from=build /cognate/target/release/cognate /usr/local/bin/cognate
WORKDIR /project
ENTRYPOINT ["cognate"]
