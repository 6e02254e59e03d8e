from pycparser import c_generator, c_parser

CODE = """
typedef unsigned int u32;
struct point { int x, y; };
static u32 sum(const struct point *p, int n) {
    u32 total = 0;
    for (int i = 0; i < n; ++i) { if (p[i].x > 0) total += p[i].x * 2; else break; }
    return total;
}
"""


def start():
    tree = c_parser.CParser().parse(CODE)
    print([type(one).__name__ for one in tree.ext])
    print(c_generator.CGenerator().visit(tree))
