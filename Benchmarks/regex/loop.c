// The least that any program does to find all matches: a loop over pcre2_match.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  if (argc != 4) return 64;
  FILE *file = fopen(argv[2], "rb");
  if (!file) return 1;
  fseek(file, 0, SEEK_END);
  size_t count = ftell(file);
  rewind(file);
  unsigned char *text = malloc(count);
  if (fread(text, 1, count, file) != count) return 1;
  int error;
  size_t offset;
  pcre2_code *code = pcre2_compile((PCRE2_SPTR)argv[1], strlen(argv[1]), PCRE2_UTF | PCRE2_UCP,
                                   &error, &offset, NULL);
  if (!code) return 1;
  pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
  pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
  size_t *places = pcre2_get_ovector_pointer(data);
  long found = 0, length = 0;
  for (int round = 0; round < atoi(argv[3]); round++) {
    size_t start = 0;
    while (pcre2_match(code, text, count, start, PCRE2_NO_UTF_CHECK, data, NULL) > 0) {
      found++;
      length += places[1] - places[0];
      start = places[1] > places[0] ? places[1] : places[1] + 1;
    }
  }
  printf("%ld %ld\n", found, length);
}
