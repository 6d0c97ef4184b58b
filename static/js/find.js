// Elements below `root` that match, and `root` itself when it does.
export const find = (root, selector) => [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)];
