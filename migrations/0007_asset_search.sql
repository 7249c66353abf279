-- +goose Up
-- Words of assets, written by the program in the transaction that writes the
-- asset. A word begins with its provider's number, so the index itself keeps
-- providers apart; folding and splitting are the program's, so the tokenizer
-- has nothing left to decide.
CREATE VIRTUAL TABLE asset_search USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_'");

-- +goose Down
DROP TABLE asset_search;
