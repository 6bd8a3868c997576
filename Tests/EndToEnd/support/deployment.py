"""What the tests of the deployment files share."""

from __future__ import annotations

import re

CREDENTIALS = {"HUAWEICLOUD_ACCESS_KEY_ID": "EXAMPLEACCESSKEY0001", "HUAWEICLOUD_SECRET_ACCESS_KEY": "ExampleSecretKeyThatOpensNothing00000000"}


def filled(text: str) -> str:
    """A settings file with the credentials filled in, as its first lines ask for."""
    for name, value in CREDENTIALS.items():
        text, count = re.subn(rf"(?m)^{name}=$", f"{name}={value}", text)
        assert count == 1, name
    return text
