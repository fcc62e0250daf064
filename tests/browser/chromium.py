"""The Chromium that the browser tests drive: the machine's own, or installed from the system's packages.

``python -m tests.browser.chromium`` makes sure that there is one.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-dejavu-core")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """Path of an installed Chromium; CHROMIUM in the environment comes first."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    """Install Chromium through apt, where there is an apt and a right to use it."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        sys.exit(
            "The browser tests need Chromium: install it with the system's packages (on Debian: apt install chromium)"
            " or name one in CHROMIUM."
        )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
        subprocess.run([apt, *arguments], check=True, env=environment, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    if find() is None:
        print("Installing Chromium…", flush=True)
        install()
