// Command exported counts the exported names of this module's library packages:
// functions, methods of exported types, types, constants and variables. Fields do
// not count, nor does what is in commands, examples, documents, notebooks, tools,
// internal packages and tests.
//
//	go -C tools run ./exported ..        # a line for each package, then all
//	go -C tools run ./exported -most 640 ..
package main

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// notLibrary are folders that hold no package for others to import.
var notLibrary = []string{"cmd", "docs", "examples", "internal", "notebooks", "testdata", "tools"}

func main() {
	log.SetFlags(0)
	most := flag.Int("most", 0, "fail if there are more; 0 means any number")
	flag.Parse()
	root := flag.Arg(0)
	if root == "" {
		root = "."
	}
	counts, err := count(root)
	if err != nil {
		log.Fatal(err)
	}
	all := 0
	for _, dir := range slices.Sorted(maps.Keys(counts)) {
		fmt.Printf("%5d  %s\n", counts[dir], dir)
		all += counts[dir]
	}
	fmt.Printf("%5d  exported names in all\n", all)
	if *most > 0 && all > *most {
		log.Printf("there may be %d: unexport what no command, package or Example needs", *most)
		os.Exit(1)
	}
}

// count returns the exported names by folder.
func count(root string) (map[string]int, error) {
	counts := map[string]int{}
	return counts, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case entry.IsDir():
			if path != root && (strings.HasPrefix(name, ".") || slices.Contains(notLibrary, name)) {
				return fs.SkipDir
			}
			return nil
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		for _, d := range file.Decls {
			counts[dir] += exported(d)
		}
		return err
	})
}

// exported is how many exported names a declaration has.
func exported(d ast.Decl) (n int) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && (d.Recv == nil || ast.IsExported(receiver(d.Recv.List[0].Type))) {
			n++
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if spec.Name.IsExported() {
					n++
				}
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					if name.IsExported() {
						n++
					}
				}
			}
		}
	}
	return n
}

// receiver is the name of the type that a method belongs to.
func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.Ident:
		return t.Name
	}
	return ""
}
