package main

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// The modules that this one may require directly, and what for. Another is a decision:
// every user of the library gets it too.
var allowed = map[string]string{
	"codeberg.org/go-fonts/liberation": "the letters of charts",
	"codeberg.org/go-pdf/fpdf":         "charts as PDF",
	"github.com/alecthomas/kong":       "the command line",
	"github.com/shopspring/decimal":    "amounts of money",
	"github.com/stretchr/testify":      "tests",
	"github.com/xuri/excelize/v2":      "workbooks",
	"go.yaml.in/yaml/v4":               "programme files",
	"golang.org/x/image":               "charts as PNG",
	"golang.org/x/term":                "the width of a terminal",
	"golang.org/x/text":                "signs that look alike",
	"gonum.org/v1/gonum":               "numbers",
	"gonum.org/v1/plot":                "charts",
	"pgregory.net/rapid":               "tests",
}

func TestDirectDependencies(t *testing.T) {
	text, err := os.ReadFile("../../go.mod")
	require.NoError(t, err)
	found := map[string]bool{}
	for _, line := range regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(string(text), -1) {
		found[line[1]] = true
		require.Contains(t, allowed, line[1], "a new direct dependency")
	}
	for name, what := range allowed {
		require.True(t, found[name], "%s, for %s, is no longer required: take it off the list", name, what)
	}
}
