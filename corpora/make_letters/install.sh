#!/bin/sh
# Install what the pages are made with: Tesseract, its models and the fonts (Debian), Sarabun (npm).
set -eu
cd "$(dirname "$0")/../.."

packages="tesseract-ocr tesseract-ocr-tha tesseract-ocr-eng tesseract-ocr-script-thai
fonts-thai-tlwg fonts-noto-core fontconfig libraqm0"
command -v npm >/dev/null || packages="$packages npm"
missing=
for package in $packages; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q ' installed$' ||
        missing="$missing $package"
done
if [ -n "$missing" ]; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "Install first (names of Debian's packages):$missing" >&2
        exit 1
    fi
    apt-get update -qq
    # shellcheck disable=SC2086 # a list
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
fi
npm install --prefix build/fonts --no-audit --no-fund --no-save --silent @fontsource/sarabun@5.3.0
