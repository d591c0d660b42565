import path from "node:path";
import { exportFiles } from "../../src/adapters/export-files.ts";
import { type Finding, ill, well } from "./finding.ts";

/** The folder that a web server serves: what is not written there, nobody reads. */
export async function examineExport(folder: string): Promise<Finding> {
  const name = `export folder ${path.resolve(folder)}`;
  try {
    await exportFiles(folder).tryOut();
    return well(`${name} can be written`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return ill(
      `${name} cannot be written (${code ?? message})`,
      "make room on its disk and let this user write there, or set export.dir to another",
    );
  }
}
