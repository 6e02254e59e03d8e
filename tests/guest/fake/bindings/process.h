void mirage_process_exit(int status);
void mirage_process_abort(void);
